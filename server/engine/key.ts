/** A key of a record: a decimal text of 16 digits. Never a number, JavaScript would round keys of higher partitions. */
export type Key = string

const PARTITION_BITS = 51n

/** The highest key before the first: partition 1, counter 0. */
export const KEY_ZERO = 1n << PARTITION_BITS

/** Hands out keys in rising order. The store keeps the last one with each commit, so a restart never gives one twice. */
export class KeyCounter {
  #last: bigint

  constructor(last: bigint = KEY_ZERO) {
    this.#last = last
  }

  next(): Key {
    return String(++this.#last)
  }

  get last(): Key {
    return String(this.#last)
  }
}

/** Whether the text can be a key. The store takes whole positive numbers of 64 bits; anything else names nothing. */
export function isKey(text: string): boolean {
  return /^\d{1,18}$/.test(text)
}

/** The key right after this one. A task's job takes it, so that a task is found by its job's row. */
export function keyAfter(key: Key): Key {
  return String(BigInt(key) + 1n)
}

/** Keys of one partition have the same number of digits, so their order is that of their texts. */
export function compareKeys(a: Key, b: Key): number {
  return a < b ? -1 : a > b ? 1 : 0
}
