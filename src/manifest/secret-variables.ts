/** Words of a variable's name that say its value is secret; `PWD` alone is the folder of a shell. */
const words = /(?:^|_)(?:key|keys|auth|pat|cookie|dsn|creds?)(?:_|$)|_pwd$/i
const parts = /token|secret|passw|passphrase|credential|private_?key|api_?key|access_?key/i

/** Values that can be nothing but a secret, whatever they are called: keys and tokens as their makers shape them. */
const shapes: readonly RegExp[] = [
  /\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b/,
  /\b(?:gh[oprsu]_|github_pat_|glpat-|npm_|xox[a-z]-|sk-)[\w-]{10,}/,
  /\beyJ[\w-]{8,}\.[\w-]{8,}/,
  /-----BEGIN /,
  /:\/\/[^/\s@:]*:[^/\s@]+@/,
  /^[0-9a-f]{32,}$/i,
  /^(?=.*[A-Z])(?=.*[a-z])(?=.*\d)[\w+/=-]{32,}$/,
]

/** Why a variable is taken for a secret, as the end of a sentence that begins with its name and holds nothing of its value. */
export function secretLook(name: string, value = ''): string | undefined {
  if (words.test(name) || parts.test(name)) return 'is a secret by its name'
  return shapes.some((shape) => shape.test(value)) ? 'has a value that looks like a secret' : undefined
}
