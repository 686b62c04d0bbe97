import { createPinia } from 'pinia'
import { createApp, type App, type Component } from 'vue'
import { keepDisplay } from './display.ts'
import { tenantOf, useSession } from './session.ts'
import { createTexts, languages, preferredLanguage, type TextFiles } from './texts/index.ts'

/**
 * An app with its words, its town and whoever is signed in, ready to be mounted.
 * Who and where first: without a town there is nothing to show. What fails is shown by the app in a language of the browser.
 */
export async function beginApp(root: Component, own: TextFiles): Promise<App> {
  const texts = createTexts(own)
  const app = createApp(root).use(createPinia()).use(texts.i18n)
  keepDisplay()
  const session = useSession()
  try {
    await session.start(tenantOf(location.pathname), texts)
  } catch (error) {
    await texts.load(preferredLanguage(languages, 'en'))
    session.failure = error
  }
  return app
}
