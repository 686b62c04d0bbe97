import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { keepDisplay } from '../shared/display.ts'
import { tenantOf, useSession } from '../shared/session.ts'
import { createTexts, languages, preferredLanguage } from '../shared/texts/index.ts'
import '../shared/theme.css'
import App from './App.vue'

const texts = createTexts({
  sr: () => import('./texts/sr.json'),
  bg: () => import('./texts/bg.json'),
  ro: () => import('./texts/ro.json'),
  hu: () => import('./texts/hu.json'),
  en: () => import('./texts/en.json'),
})
const app = createApp(App).use(createPinia()).use(texts.i18n)
keepDisplay()
const session = useSession()
try {
  await session.start(tenantOf(location.pathname), texts)
} catch (error) {
  await texts.load(preferredLanguage(languages, 'en'))
  session.failure = error
}
app.mount('#app')
