import type { ElementInstance, Instance, Job, WritableElement, WritableInstance, WritableJob } from '../state/instance.ts'

// Readonly is a promise of the deciders' types only; the objects are the state's own. Used in this folder and nowhere else.
export const writable = {
  instance: (instance: Instance): WritableInstance => instance as WritableInstance,
  element: (element: ElementInstance): WritableElement => element as WritableElement,
  job: (job: Job): WritableJob => job as WritableJob,
}
