import { readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Script } from 'node:vm'

/** A part of this program as Node.js runs it. */
export type Part = (exports: object, require: (name: string) => unknown, module: object, file: string) => void

/** Parts that are read and compiled together. */
export interface Pack {
  /** Name of the file with their text, without its ending; compiled code is beside it. */
  readonly name: string
  /** Each part with the size of its file in bytes and when that was last changed, in seconds since 1970: archives keep no more. */
  readonly parts: { readonly [name: string]: readonly [size: number, changed: number] }
}

/** Where the parts of this program are, and what of them is kept packed and compiled. */
export interface Program {
  readonly folder: string
  readonly kept: string
  readonly packs: readonly Pack[]
}

/**
 * Runs the parts of this program as Node.js runs CommonJS: those of a pack from one text, with the code that V8 once compiled of it, because
 * most of the time of a short command is V8 reading programs. A pack of which a part was changed since is not used.
 */
export function parts({ folder, kept, packs }: Program) {
  const real = createRequire(join(folder, 'parts.js'))
  const loaded = new Map<string, { readonly exports: object }>()
  const scripts = new Map<Pack, Script>()
  const found = new Map<string, Part>()
  const load = (name: string): unknown => (name.startsWith('./') ? part(name.slice(2)) : real(name))
  const part = (name: string): object => {
    const known = loaded.get(name)
    if (known) return known.exports
    const module = { exports: {} }
    loaded.set(name, module)
    ;(found.get(name) ?? packed(name) ?? alone(name))(module.exports, load, module, join(folder, name))
    return module.exports
  }
  const packed = (name: string): Part | undefined => {
    const pack = packs.find((one) => name in one.parts && !scripts.has(one))
    if (!pack || !isCurrent(pack, folder)) return undefined
    const text = contents(join(kept, `${pack.name}.js`))
    if (!text) return undefined
    const script = compiled(text.toString('latin1'), join(kept, `${pack.name}.js`), join(kept, `${pack.name}.bin`))
    scripts.set(pack, script)
    for (const [one, run] of Object.entries(script.runInThisContext() as Record<string, Part>)) found.set(one, run)
    return found.get(name)
  }
  const alone = (name: string) => {
    const file = join(folder, name)
    return compiled(asPart(readFileSync(file, 'latin1')), file).runInThisContext() as Part
  }
  return { load, loaded, scripts }
}

/** The text of a part as a function. */
export function asPart(text: string): string {
  return `(function(exports,require,module,__filename){${text}\n})`
}

/** Size of a file in bytes, and when it was last changed. */
export function stampOf(file: string): Pack['parts'][string] {
  const { size, mtimeMs } = statSync(file)
  return [size, Math.floor(mtimeMs / 1_000)]
}

// V8 itself looks at no more than the length of a text before it takes what it once compiled for that of this one.
function isCurrent({ parts: all }: Pack, folder: string): boolean {
  return Object.entries(all).every(([name, [size, changed]]) => {
    const [sizeNow, changedNow] = stampOf(join(folder, name))
    return size === sizeNow && changed === changedNow
  })
}

function compiled(text: string, filename: string, code?: string): Script {
  const cachedData = code === undefined ? undefined : contents(code)
  return new Script(text, { filename, ...(cachedData && { cachedData }) })
}

function contents(file: string): Buffer | undefined {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}

/**
 * The folder below `compiled` for what this Node.js compiles. V8 of one version takes code of another build of the same version and may crash
 * (nodejs/node#62781), so that the build of Node.js counts, which the size of its program tells.
 */
export function keptIn(
  compiledFolder: string,
  { version, arch, execPath }: Pick<NodeJS.Process, 'version' | 'arch' | 'execPath'>,
): string {
  return join(compiledFolder, `${version}-${arch}-${statSync(execPath).size}`)
}

/** Packs that are kept in a folder; undefined where there are none. */
export function packsIn(kept: string): readonly Pack[] | undefined {
  try {
    return JSON.parse(readFileSync(join(kept, 'packs.json'), 'utf8'))
  } catch {
    return undefined
  }
}
