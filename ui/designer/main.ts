import { beginApp } from '../shared/beginApp.ts'
import '../shared/theme.css'
import App from './App.vue'

const app = await beginApp(App, {
  sr: () => import('./texts/sr.json'),
  bg: () => import('./texts/bg.json'),
  ro: () => import('./texts/ro.json'),
  hu: () => import('./texts/hu.json'),
  en: () => import('./texts/en.json'),
})
app.mount('#app')
