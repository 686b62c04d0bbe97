import { reactive, watch } from 'vue'

/** How this person likes the page: kept in this browser. */
export interface Display {
  theme: 'system' | 'light' | 'dark'
  size: '100' | '115' | '130'
  contrast: 'system' | 'more'
  density: 'dense' | 'normal' | 'roomy'
}
const key = 'salter.display'
const plain: Display = { theme: 'system', size: '100', contrast: 'system', density: 'normal' }

export const display = reactive<Display>({ ...plain, ...read() })

/** Puts the choice on the page, now and after each change. Called once when an app starts. */
export function keepDisplay(): void {
  watch(display, show, { deep: true })
  show()
}

function show(): void {
  const { dataset, style } = document.documentElement
  set(dataset, 'theme', display.theme === 'system' ? undefined : display.theme)
  set(dataset, 'contrast', display.contrast === 'system' ? undefined : display.contrast)
  set(document.body.dataset, 'density', display.density === 'normal' ? undefined : display.density)
  style.fontSize = display.size === '100' ? '' : `${display.size}%`
  localStorage.setItem(key, JSON.stringify(display))
}

function set(dataset: DOMStringMap, name: string, value: string | undefined): void {
  if (value === undefined) delete dataset[name]
  else dataset[name] = value
}

function read(): Partial<Display> {
  const kept = localStorage.getItem(key)
  if (!kept) return {}
  try {
    return JSON.parse(kept) as Partial<Display>
  } catch {
    // Written by hand or by an older version: the plain display is no loss.
    return {}
  }
}
