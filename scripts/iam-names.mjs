/** The names that AWS gives to its managed policies and to the actions of its services, out of the packages that hold them as data. */
import { dataVersions, managedPolicies, serviceData, servicesAsOf } from './iam-data.mjs'

/** How the data are written down, in all the modules made from them: another number where that has changed. */
const layout = 6

/** How AWS classes an action, as one letter. */
const letters = {
  ...{ Read: 'r', List: 'l', Write: 'w' },
  ...{ 'Tagging, Write': 't', 'Permissions management, Write': 'p' },
}

/** What the modules are made from, and how; the same text means the same modules. */
export async function namesVersion() {
  return `${await dataVersions()} (layout ${layout})`
}

/** The names as the code of a module: functions that give texts, which a program reads faster than lists, and only those it asks for. */
export async function namesModule() {
  const [policies, actions] = await Promise.all([policyNames(), serviceActions()])
  const levels = Object.entries(letters)
    .map(([level, letter]) => `${letter} ${level}`)
    .join(', ')
  return `
/** AWS-managed policies with their paths, one a line. */
export const policies = () => ${JSON.stringify(policies.names.join('\n'))}
/** The day of the newest of them. */
export const policiesAsOf = '${policies.day}'
/** The prefix of a service and the names of its actions, one service a line. */
export const actions = () => ${JSON.stringify(actions.lines.join('\n'))}
/** The access levels of these actions, a letter each, in the same order and lines: ${levels}. */
export const accessLevels = () => ${JSON.stringify(actions.levels.join('\n'))}
/** The day of that list. */
export const actionsAsOf = '${actions.day}'
`
}

async function policyNames() {
  const all = await managedPolicies()
  const newest = all
    .map(({ lastUpdatedDate }) => lastUpdatedDate ?? '')
    .sort()
    .at(-1)
  return { names: all.map(({ name }) => name).sort(), day: newest.slice(0, 10) }
}

async function serviceActions() {
  const services = await serviceData('services')
  const actions = await Promise.all(services.map(async (one) => Object.values(await serviceData(`actions/${one}`))))
  return {
    lines: services.map((service, index) => [service, ...actions[index].map(({ name }) => name)].join(' ')),
    levels: actions.map((some) => some.map(letterOf).join('')),
    day: await servicesAsOf(),
  }
}

// AWS classes some that only tell who may do what as if they changed that.
function readsOnly(name, letter) {
  return /^(List|Describe|Search|View)/.test(name) || (letter === 'p' && /^(BatchGet|Get)/.test(name))
}

// What nobody has classed counts as a change.
function letterOf({ name, accessLevel }) {
  const classed = letters[accessLevel] ?? letters.Write
  return readsOnly(name, classed) ? letters.Read : classed
}
