/** The password of every demo person. Demo only: an installation of a town's own has none of these people. */
export const demoPassword = 'salter-demo'
