/**
 * Writes the sandbox's request tables, src/sandbox/api/*.json, from published service models: all operations that
 * src/sandbox/operations/index.ts registers. Models are those of the botocore that python3 imports (it comes with boto3 and the AWS
 * CLI v1), or of a folder laid out the same way.
 *
 *   npm run request-tables [-- --check] [-- --models FOLDER]
 *
 * `--check` writes nothing. Exit status: 0 when the tables are what the models give; 1 when they are not; 2 when that cannot be told,
 * because there are no models or these are of another version than those the tables were made from.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import * as identitystore from '@aws-sdk/client-identitystore'
import * as organizations from '@aws-sdk/client-organizations'
import * as ssoAdmin from '@aws-sdk/client-sso-admin'
import { build } from 'esbuild'
import { installedModels, originOf, readModel } from './request-tables/models.mjs'
import { withNewerMembers } from './request-tables/newer.mjs'
import { requestTable } from './request-tables/reduce.mjs'
import { jsonText } from './request-tables/text.mjs'

const sdks = { 'sso-admin': ssoAdmin, identitystore, organizations }
const root = new URL('../', import.meta.url)

const { values: options } = parseArgs({ options: { check: { type: 'boolean' }, models: { type: 'string' } } })
const folder = options.models ?? installedModels()
if (folder === undefined) end(2, 'no models here: python3 has no botocore, and no folder is given with --models')
const origin = originOf(folder)
const registered = await registeredOperations()
const services = Object.keys(registered).map((service) => {
  const names = Object.keys(registered[service])
  const table = withNewerMembers(requestTable(readModel(folder, service), names, origin), sdks[service])
  const file = new URL(`src/sandbox/api/${service}.json`, root)
  return { service, table, file, present: JSON.parse(readFileSync(file, 'utf8')) }
})
if (options.check) check()
else for (const { table, file } of services) writeFileSync(file, jsonText(table))

/** The code is the one list of what the sandbox answers. */
async function registeredOperations() {
  const entry = new URL('src/sandbox/operations/index.ts', root)
  const bundle = { entryPoints: [fileURLToPath(entry)], bundle: true, format: 'esm', platform: 'node', write: false }
  const { outputFiles } = await build({ ...bundle, logLevel: 'error' })
  const code = Buffer.from(outputFiles[0].contents).toString('base64')
  return (await import(`data:text/javascript;base64,${code}`)).operations
}

function check() {
  const differing = services.filter(({ table, file, present }) => {
    return jsonText({ ...table, origin: present.origin }) !== readFileSync(file, 'utf8')
  })
  if (differing.length === 0) end(0, `the tables are what ${origin} gives`)
  const names = differing.map(({ service }) => service).join(', ')
  const made = differing.find(({ present }) => present.origin !== origin)?.present.origin
  if (made) end(2, `${names}: made from ${made}, which may well differ from the ${origin} here`)
  end(1, `${names}: not what ${origin} gives; run npm run request-tables`)
}

function end(status, message) {
  console.log(message)
  process.exit(status)
}
