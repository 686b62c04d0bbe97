import { createRouter, createWebHistory, type Router } from 'vue-router'
import TaskListPage from './pages/TaskListPage.vue'

/** The addresses of the inbox. The list is the first page; a task's page and its form come when one is opened. */
export function inboxRouter(tenant: string): Router {
  return createRouter({
    history: createWebHistory(`/${tenant}/inbox`),
    routes: [
      { path: '/', name: 'list', component: TaskListPage },
      { path: '/tasks/:taskId', name: 'task', component: () => import('./pages/TaskPage.vue'), props: true },
      { path: '/people', name: 'people', component: () => import('./pages/PeoplePage.vue') },
      { path: '/people/doubles', name: 'doubles', component: () => import('./pages/DoublesPage.vue') },
      { path: '/people/:personId', name: 'person', component: () => import('./pages/PersonPage.vue'), props: true },
      { path: '/people/:personId/merge/:otherId', name: 'merge', component: () => import('./pages/MergePage.vue'), props: true },
      { path: '/operation', name: 'operation', component: () => import('./pages/OperationPage.vue') },
      { path: '/rights', name: 'rights', component: () => import('./pages/RightsPage.vue') },
      { path: '/mandates', name: 'mandates', component: () => import('./pages/MandatesPage.vue') },
      { path: '/help', name: 'help', component: () => import('./pages/HelpPage.vue') },
      { path: '/account', name: 'account', component: () => import('./pages/AccountPage.vue') },
      { path: '/town', name: 'town', component: () => import('./pages/TownPage.vue') },
      { path: '/towns/new', name: 'new-town', component: () => import('./pages/NewTownPage.vue') },
      { path: '/:rest(.*)*', name: 'nowhere', component: () => import('./pages/NowherePage.vue') },
    ],
  })
}
