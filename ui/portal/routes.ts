import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'

/** The portal's addresses. Everything of a town begins with its id; `/` is the list of towns. */
const routes: RouteRecordRaw[] = [
  { path: '/', name: 'towns', component: () => import('./pages/TownsPage.vue') },
  { path: '/:tenant/', name: 'home', component: () => import('./pages/HomePage.vue') },
  { path: '/:tenant/services', name: 'catalogue', component: () => import('./pages/CataloguePage.vue') },
  { path: '/:tenant/services/:procedure', name: 'procedure', component: () => import('./pages/ProcedurePage.vue'), props: true },
  { path: '/:tenant/services/:procedure/apply', name: 'apply', component: () => import('./pages/ApplyPage.vue'), props: true },
  { path: '/:tenant/requests/:caseId/receipt', name: 'receipt', component: () => import('./pages/ReceiptPage.vue'), props: true },
  { path: '/:tenant/requests/:caseId', name: 'request', component: () => import('./pages/RequestPage.vue'), props: true },
  { path: '/:tenant/my', name: 'my', component: () => import('./pages/MyRequestsPage.vue') },
  { path: '/:tenant/account', name: 'account', component: () => import('./pages/AccountPage.vue') },
  { path: '/:tenant/status', name: 'status', component: () => import('./pages/StatusPage.vue') },
  { path: '/:tenant/verify/:code?', name: 'verify', component: () => import('./pages/VerifyPage.vue'), props: true },
  { path: '/:tenant/activate', name: 'activate', component: () => import('./pages/ActivatePage.vue') },
  { path: '/:tenant/signed-out', name: 'signed-out', component: () => import('./pages/SignedOutPage.vue') },
  { path: '/:tenant/accessibility', name: 'accessibility', component: () => import('./pages/AccessibilityPage.vue') },
  { path: '/:tenant/about', name: 'about', component: () => import('./pages/AboutPage.vue') },
  { path: '/:tenant/:rest(.*)*', name: 'not-found', component: () => import('./pages/NotFoundPage.vue') },
]

export function createPortalRouter() {
  return createRouter({
    history: createWebHistory('/'),
    routes,
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
  })
}
