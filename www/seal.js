// A promise that nothing leaves the browser is worth more when the browser itself keeps it.
// The policy is added by script because it must be absent when the real Intercom is asked for.

export function sealPage() {
  const policy = document.createElement('meta')
  policy.httpEquiv = 'Content-Security-Policy'
  policy.content = [
    "default-src 'self'",
    "script-src 'self' 'unsafe-eval' 'wasm-unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "connect-src 'self' data: blob:",
    "form-action 'self'",
  ].join('; ')
  document.head.append(policy)
}
