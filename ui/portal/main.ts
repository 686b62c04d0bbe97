import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { keepDisplay } from '../shared/display.ts'
import { tenantOf, useSession } from '../shared/session.ts'
import { createTexts, languages, preferredLanguage } from '../shared/texts/index.ts'
import '../shared/theme.css'
import App from './App.vue'
import './css/frame.css'
import './css/home.css'
import './css/pages.css'
import { createPortalRouter } from './routes.ts'

const texts = createTexts({
  sr: () => import('./texts/sr.json'),
  bg: () => import('./texts/bg.json'),
  ro: () => import('./texts/ro.json'),
  hu: () => import('./texts/hu.json'),
  en: () => import('./texts/en.json'),
})
const app = createApp(App).use(createPinia()).use(texts.i18n)
keepDisplay()
await begin()
const router = createPortalRouter()
app.use(router)
// The first page comes whole: a frame around nothing would jump when the page arrives.
await router.isReady()
app.mount('#app')

/** Who and where first: without a town there is nothing to show. What fails is shown by App in a language of the browser. */
async function begin(): Promise<void> {
  const session = useSession()
  try {
    await session.start(tenantOf(location.pathname), texts)
  } catch (error) {
    await texts.load(preferredLanguage(languages, 'en'))
    session.failure = error
  }
}
