// The drop-in script: one file from any URL, which a loader finds under this name.
import { intercomDestination } from './public.js'
import { loadPartsWith } from './parts.js'
import { setSource } from './widget.js'

const own = document.currentScript
const ownUrl = own?.src
const nonce = own?.nonce

loadPartsWith(
  (file) =>
    new Promise((resolve, reject) => {
      const script = document.createElement('script')
      script.onload = resolve
      script.onerror = reject
      if (nonce) script.nonce = nonce
      setSource(script, new URL(file, ownUrl).href)
      document.head.appendChild(script)
    })
)

window.intercomDestination = intercomDestination
