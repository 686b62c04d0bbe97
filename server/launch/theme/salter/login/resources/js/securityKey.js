/**
 * Asks the browser for a security key (W3C Web Authentication, level 2) and puts its answer into the form that Keycloak
 * reads. What to ask stands in the form's data attributes; Keycloak says "not specified" where it leaves a choice open.
 */
const form = document.querySelector('[data-webauthn]')
const asked = form.dataset

const bytesOf = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (sign) => sign.charCodeAt(0))
const textOf = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
const specified = (value) => (value && value !== 'not specified' ? value : undefined)
const known = () => (asked.known ?? '').split(',').filter(Boolean).map((id) => ({ type: 'public-key', id: bytesOf(id) }))
const timeout = () => Number(asked.timeoutSeconds) * 1000 || undefined

async function register() {
  const residentKey = specified(asked.residentKey)
  const { rawId, response, authenticatorAttachment } = await navigator.credentials.create({ publicKey: {
    challenge: bytesOf(asked.challenge),
    rp: { id: asked.rpId, name: asked.rpName },
    user: { id: bytesOf(asked.userId), name: asked.userName, displayName: asked.userName },
    pubKeyCredParams: (asked.algorithms || '-7').split(',').map((alg) => ({ type: 'public-key', alg: Number(alg) })),
    attestation: specified(asked.attestation),
    authenticatorSelection: {
      authenticatorAttachment: specified(asked.attachment),
      residentKey,
      requireResidentKey: residentKey === 'required',
      userVerification: specified(asked.verification),
    },
    excludeCredentials: known(),
    timeout: timeout(),
  } })
  return {
    clientDataJSON: textOf(response.clientDataJSON),
    attestationObject: textOf(response.attestationObject),
    publicKeyCredentialId: textOf(rawId),
    transports: response.getTransports?.().join() ?? '',
    authenticatorAttachment: authenticatorAttachment ?? '',
  }
}

async function authenticate() {
  const { id, response } = await navigator.credentials.get({ publicKey: {
    challenge: bytesOf(asked.challenge),
    rpId: asked.rpId,
    allowCredentials: known(),
    userVerification: specified(asked.verification),
    timeout: timeout(),
  } })
  return {
    clientDataJSON: textOf(response.clientDataJSON),
    authenticatorData: textOf(response.authenticatorData),
    signature: textOf(response.signature),
    credentialId: id,
    userHandle: response.userHandle ? textOf(response.userHandle) : '',
  }
}

const ask = { register, authenticate }[asked.webauthn]

form.addEventListener('submit', async (event) => {
  event.preventDefault()
  const button = form.querySelector('button[type="submit"]')
  button.disabled = true
  let answer
  try {
    answer = window.PublicKeyCredential ? await ask() : { error: asked.unsupported }
  } catch (error) {
    // Turned down, timed out, or a key that is tied to this account already: Keycloak's next page says so.
    answer = { error: String(error) }
  }
  for (const [name, value] of Object.entries(answer)) form.elements.namedItem(name).value = value
  // Not `requestSubmit`: that would come by here again.
  HTMLFormElement.prototype.submit.call(form)
})
