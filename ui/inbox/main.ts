import { createPinia } from 'pinia'
import { createApp } from 'vue'
import '../shared/theme.css'
import './css/inbox.css'
import { keepDisplay } from '../shared/display.ts'
import { tenantOf } from '../shared/session.ts'
import { createTexts } from '../shared/texts/index.ts'
import InboxApp from './InboxApp.vue'
import { inboxRouter } from './routes.ts'

const texts = createTexts({
  sr: () => import('./texts/sr.json'),
  bg: () => import('./texts/bg.json'),
  ro: () => import('./texts/ro.json'),
  hu: () => import('./texts/hu.json'),
  en: () => import('./texts/en.json'),
})
const tenant = tenantOf(location.pathname)

keepDisplay()
createApp(InboxApp, { tenant, texts }).use(createPinia()).use(texts.i18n).use(inboxRouter(tenant)).mount('#app')
