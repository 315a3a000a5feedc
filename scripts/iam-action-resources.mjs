/** The forms of the ARNs that each action of AWS is about, out of the package that holds them as data. */
import { serviceData } from './iam-data.mjs'

/** The forms as the code of a module: a text, which a program reads faster than lists. */
export async function actionResourcesModule() {
  const services = await serviceData('services')
  return `
/**
 * One service a line, its parts divided by bars: its prefix; forms of ARNs without "arn:*:"; then groups, which are the places of the
 * forms in that list and the actions, in lower case, that take them. A group without places takes only "*".
 */
export const actionResources = ${JSON.stringify((await Promise.all(services.map(line))).join('\n'))}
`
}

async function line(service) {
  const [actions, types] = await Promise.all([
    serviceData(`actions/${service}`),
    serviceData(`resourceTypes/${service}`),
  ])
  const formsOf = ({ resourceTypes }) => resourceTypes.flatMap(({ name }) => forms(types[name.toLowerCase()].arn))
  const taken = Object.values(actions).map((one) => [one.name.toLowerCase(), formsOf(one)])
  const all = [...new Set(taken.flatMap(([, own]) => own))].sort()
  const groups = new Map()
  for (const [name, own] of taken) {
    const group = places(own, all)
    groups.set(group, [...(groups.get(group) ?? []), name])
  }
  const lines = [...groups].map(([group, names]) => [group, ...names].join(' '))
  return [service, all.join(' '), ...lines].join('|')
}

function places(own, all) {
  return [...new Set(own.map((form) => all.indexOf(form)))].sort((a, b) => a - b).join(',')
}

function forms(arn) {
  const written = arn.replaceAll(/\$\{[^}]*\}|<[^>]*>/g, '*').split(', ')
  return written.map((one) => one.replace(/^arn:[^:]*:/, ''))
}
