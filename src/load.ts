import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Script } from 'node:vm'

/** A part of this program as Node.js runs it, and what V8 made of its text. */
interface Part {
  readonly module: { readonly exports: object }
  readonly script: Script
}

type Run = (exports: object, require: (name: string) => unknown, module: object, file: string) => void

/**
 * Runs the parts of this program in `folder` as Node.js runs CommonJS, with the compiled code that `kept` has of them: most of the
 * time of a short command is V8 reading programs. V8 itself refuses code of another version, or made under other flags.
 */
export function parts(folder: string, kept: string) {
  const real = createRequire(join(folder, 'parts.js'))
  const loaded = new Map<string, Part>()
  const load = (name: string): unknown => (name.startsWith('./') ? part(name.slice(2)) : real(name))
  const part = (name: string): object => {
    const known = loaded.get(name)
    if (known) return known.module.exports
    const file = join(folder, name)
    const cachedData = contents(join(kept, compiledName(name)))
    const text = `(function(exports,require,module,__filename){${readFileSync(file, 'utf8')}\n})`
    const script = new Script(text, { filename: file, ...(cachedData && { cachedData }) })
    const module = { exports: {} }
    loaded.set(name, { module, script })
    const run = script.runInThisContext() as Run
    run(module.exports, load, module, file)
    return module.exports
  }
  return { load, loaded }
}

/** The folder below `compiled` for what this version of V8 compiles. */
export function keptIn(compiled: string, { versions, arch }: Pick<NodeJS.Process, 'versions' | 'arch'>): string {
  return join(compiled, `${versions.v8}-${arch}`)
}

/** The file with the compiled code of a part. */
export function compiledName(part: string): string {
  return `${part}.bin`
}

function contents(file: string): Buffer | undefined {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}
