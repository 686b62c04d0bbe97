/**
 * Why somebody of the town hall is shown a whole personal number: the short list the reason is taken from. The citizen reads
 * which it was (`whyShown.<why>` in the texts). `other` is nothing without words of one's own.
 */
export const whysShown = ['register-search', 'identify', 'same-person', 'correct-entry', 'other'] as const
export type WhyShown = (typeof whysShown)[number]

/** Signs at least, where the list does not say it: enough for a reason, too many for a dot. */
export const fewestWords = 5
