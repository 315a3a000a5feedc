import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** Packages that spend their time when they start, for characters that most runs never meet. */
const packages = /^string-width$/

/** Parts of Node.js that take milliseconds to load, which most runs have no use for. */
const builtins = /^(?:node:)?(?:child_process|crypto|dns|fs\/promises|http|http2|https|net|readline|tls|tty|zlib)$/

/** Modules that are loaded when something of them is used for the first time, not when the program starts. */
export const atFirstUse = {
  name: 'at first use',
  setup(build) {
    build.onResolve({ filter: packages }, ({ path, kind }) =>
      kind === 'import-statement' ? { path, namespace: 'package' } : undefined,
    )
    build.onResolve({ filter: builtins }, ({ path, namespace }) =>
      namespace === 'builtin' ? undefined : { path, namespace: 'builtin' },
    )
    build.onLoad({ filter: /.*/, namespace: 'package' }, ({ path }) => ({
      contents: `let real; export default (...given) => (real ??= require('${path}').default)(...given)`,
      resolveDir: '.',
    }))
    build.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({ contents: builtin(path) }))
  },
}

/** A CommonJS module with the same members, each of which is looked up when it is used. */
function builtin(path) {
  const names = JSON.stringify(Object.keys(require(path)))
  return `
    for (const name of ${names})
      Object.defineProperty(exports, name, { enumerable: true, get: () => require('${path}')[name] })
  `
}
