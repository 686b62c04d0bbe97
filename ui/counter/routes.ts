import { createRouter, createWebHistory, type Router } from 'vue-router'
import DeskPage from './pages/DeskPage.vue'

/** The addresses of the counter: the desk, and the desk with a registration on it, so that its slip can be printed again. */
export function counterRouter(tenant: string): Router {
  return createRouter({
    history: createWebHistory(`/${tenant}/counter`),
    routes: [
      { path: '/', name: 'desk', component: DeskPage },
      { path: '/registrations/:caseId', name: 'registration', component: DeskPage, props: true },
      { path: '/:rest(.*)*', redirect: { name: 'desk' } },
    ],
  })
}
