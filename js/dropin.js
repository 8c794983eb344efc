// The drop-in script: one file from any URL, which a loader finds under this name.
import { intercomDestination } from './public.js'
import { loadPartsWith } from './parts.js'
import { insert, setSource } from './widget.js'

const own = document.currentScript
const ownUrl = own?.src
const nonce = own?.nonce

loadPartsWith(
  (file, pagesNonce) =>
    new Promise((resolve, reject) => {
      const script = document.createElement('script')
      script.onload = resolve
      script.onerror = reject
      script.nonce = pagesNonce ?? nonce ?? ''
      setSource(script, new URL(file, ownUrl).href)
      insert(script)
    })
)

window.intercomDestination = intercomDestination
