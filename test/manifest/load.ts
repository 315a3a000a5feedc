import { type LoadedManifest, loadManifest } from '../../src/manifest/load.ts'
import { type Diagnostic, Refusal } from '../../src/model/diagnostic.ts'

/** The two keys that every manifest needs, for tests about something else. */
export const head = 'version: 1\nidentity_center: { region: eu-west-1 }\n'

const environment = {
  ...{ EMAIL: 'taro@example.com', DEV: '012345678901', EMPTY: '', SSO_REGION: 'eu-west-1', HOME: '/home/taro' },
  ...{ AWS_SESSION_TOKEN: 'not-for-a-manifest', SSO_TOKEN: 'not-for-a-manifest', KEPT: 'AKIAIOSFODNN7EXAMPLE' },
}
const allowed = new Set(['EMAIL', 'DEV', 'EMPTY', 'NOPE', 'toString', 'constructor', 'AWS_SESSION_TOKEN', 'KEPT'])

export interface Files {
  readonly [path: string]: string
}

export function load(text: string, files: Files = {}, sources = new Map<string, string>()): Promise<LoadedManifest> {
  const readPolicy = async (path: string) => {
    const found = files[path]
    if (found === undefined) throw new Error('no such file')
    return found
  }
  const today = new Date('2026-11-22T12:00:00Z')
  return loadManifest({ file: 'sso.yaml', text }, { env: environment, allowed, today, readPolicy, sources })
}

/** The same with --allow-unknown. */
export function loadKnowing(text: string): Promise<LoadedManifest> {
  return loadManifest(
    { file: 'sso.yaml', text },
    { env: {}, allowUnknown: true, readPolicy: () => Promise.reject(new Error('no such file')) },
  )
}

/** The errors of a manifest that must be refused. */
export async function refusal(text: string, files: Files = {}, sources = new Map<string, string>()) {
  const loaded = await load(text, files, sources).catch((cause: unknown) => cause)
  if (loaded instanceof Refusal) return loaded.diagnostics
  if (loaded instanceof Error) throw loaded
  throw new Error(`this manifest was accepted:\n${text}`)
}

/** A text with `«` and `»` around the places where errors are expected: the plain text, and the places. */
export function marked(text: string) {
  const places: { line: number; column: number; endColumn?: number }[] = []
  const lines = text.split('\n').map((line, index) => {
    let rest = line
    for (let start = rest.indexOf('«'); start >= 0; start = rest.indexOf('«')) {
      rest = rest.slice(0, start) + rest.slice(start + 1)
      const end = rest.indexOf('»')
      const place = { line: index + 1, column: start + 1 }
      places.push(end > start ? { ...place, endColumn: end + 1 } : place)
      if (end >= 0) rest = rest.slice(0, end) + rest.slice(end + 1)
    }
    return rest
  })
  return { text: lines.join('\n'), places }
}

export function placeOf({ at }: Diagnostic) {
  if (at === undefined) return undefined
  const { file: _file, ...place } = at
  return place
}
