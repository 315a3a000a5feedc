import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** The folder `data` of the botocore that python3 imports; undefined where there is none. */
export function installedModels() {
  const where = 'import botocore, os; print(os.path.join(os.path.dirname(botocore.__file__), "data"))'
  try {
    return execFileSync('python3', ['-c', where], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return undefined
  }
}

/** What to call the origin of these models: botocore says its version beside its data. */
export function originOf(folder) {
  const module = join(folder, '..', '__init__.py')
  const version = existsSync(module) ? /^__version__ = '(.+)'/m.exec(readFileSync(module, 'utf8'))?.[1] : undefined
  return `botocore ${version ?? 'of unknown version'}`
}

/**
 * The newest model of a service, as botocore keeps it: `FOLDER/SERVICE/DATE/service-2.json`, compressed or not.
 * @throws Error when the folder has none.
 */
export function readModel(folder, service) {
  const versions = existsSync(join(folder, service)) ? readdirSync(join(folder, service)).sort() : []
  const file = join(folder, service, versions.at(-1) ?? '', 'service-2.json')
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'))
  if (existsSync(`${file}.gz`)) return JSON.parse(gunzipSync(readFileSync(`${file}.gz`)).toString())
  throw new Error(`${folder} holds no model of ${service}`)
}
