import { ref, watch } from 'vue'

const kept = 'salter.inbox.keys'

/** Single letters act in the list. Whoever dictates or has a lively hand switches them off; kept in this browser. */
export const singleKeys = ref(localStorage.getItem(kept) !== 'off')
watch(singleKeys, (on) => localStorage.setItem(kept, on ? 'on' : 'off'))
