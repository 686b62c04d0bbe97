import { createPinia } from 'pinia'
import { createApp } from 'vue'
import '../shared/theme.css'
import './css/counter.css'
import { keepDisplay } from '../shared/display.ts'
import { tenantOf } from '../shared/session.ts'
import { createTexts } from '../shared/texts/index.ts'
import CounterApp from './CounterApp.vue'
import { counterRouter } from './routes.ts'

const texts = createTexts({
  sr: () => import('./texts/sr.json'),
  bg: () => import('./texts/bg.json'),
  ro: () => import('./texts/ro.json'),
  hu: () => import('./texts/hu.json'),
  en: () => import('./texts/en.json'),
})
const tenant = tenantOf(location.pathname)

keepDisplay()
createApp(CounterApp, { tenant, texts }).use(createPinia()).use(texts.i18n).use(counterRouter(tenant)).mount('#app')
