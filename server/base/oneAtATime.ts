/** Does works of the same key one after the other, in the order they came; works of different keys do not wait for each other. */
export type OneAtATime = <Result>(key: string, work: () => Promise<Result>) => Promise<Result>

/** Makes such a queue, in this process. What failed lets the next one begin. */
export function oneAtATime(): OneAtATime {
  const underWay = new Map<string, Promise<unknown>>()
  return (key, work) => {
    const mine = (underWay.get(key) ?? Promise.resolve()).then(work, work)
    const done = mine.catch(() => undefined).then(() => {
      if (underWay.get(key) === done) underWay.delete(key)
    })
    underWay.set(key, done)
    return mine
  }
}
