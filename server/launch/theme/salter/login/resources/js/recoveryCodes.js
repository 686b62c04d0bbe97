/** Prints the codes, or hands them out as a file: without scripts they can still be written down. */
document.querySelector('[data-codes-tools]').hidden = false
document.getElementById('printRecoveryCodes').addEventListener('click', () => window.print())
document.getElementById('downloadRecoveryCodes').addEventListener('click', ({ currentTarget: { dataset } }) => {
  const codes = [...document.querySelectorAll('#kc-recovery-codes-list li')].map((item, index) => `${index + 1}. ${item.textContent.trim()}`)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([`${dataset.head}\r\n\r\n${codes.join('\r\n')}\r\n`], { type: 'text/plain;charset=utf-8' }))
  link.download = `${dataset.file}.txt`
  link.click()
  URL.revokeObjectURL(link.href)
})
