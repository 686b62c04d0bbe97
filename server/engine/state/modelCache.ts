import type { Key } from '../key.ts'

/**
 * Compiled models by key, those used last kept longest. `most` bounds the sum of their sizes; beyond it a model is read
 * from its diagram again when it is needed.
 */
export class ModelCache<Model> {
  readonly #models = new Map<Key, Model>()
  #size = 0

  constructor(
    readonly most: number,
    readonly sizeOf: (model: Model) => number,
  ) {}

  get(key: Key): Model | undefined {
    const model = this.#models.get(key)
    // While there is plenty of room, which is nearly always, nobody is pushed out and the order does not matter.
    if (model !== undefined && this.#size * 2 > this.most) {
      this.#models.delete(key)
      this.#models.set(key, model)
    }
    return model
  }

  keep(key: Key, model: Model): void {
    this.remove(key)
    this.#models.set(key, model)
    this.#size += this.sizeOf(model)
    for (const oldest of this.#models.keys()) {
      if (this.#size <= this.most || oldest === key) return
      this.remove(oldest)
    }
  }

  remove(key: Key): void {
    const model = this.#models.get(key)
    if (model === undefined) return
    this.#models.delete(key)
    this.#size -= this.sizeOf(model)
  }
}
