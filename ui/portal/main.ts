import { beginApp } from '../shared/beginApp.ts'
import '../shared/theme.css'
import App from './App.vue'
import './css/frame.css'
import './css/home.css'
import './css/pages.css'
import { createPortalRouter } from './routes.ts'

const app = await beginApp(App, {
  sr: () => import('./texts/sr.json'),
  bg: () => import('./texts/bg.json'),
  ro: () => import('./texts/ro.json'),
  hu: () => import('./texts/hu.json'),
  en: () => import('./texts/en.json'),
})
const router = createPortalRouter()
app.use(router)
// The first page comes whole: a frame around nothing would jump when the page arrives.
await router.isReady()
app.mount('#app')
