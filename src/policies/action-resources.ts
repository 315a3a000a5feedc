import { moreForms } from './more-resource-forms.ts'
import { overlap } from './patterns.ts'

/** What the actions of AWS are about, as its Service Authorization Reference had it at some day. */
export interface ActionResources {
  /** Forms of the ARNs that an action is about, as `arn:*:s3:::*`; none where it takes only `*`, undefined for an unknown action. */
  resourcesOf(action: string): readonly string[] | undefined
}

let loaded: Promise<ActionResources> | undefined

/** Reads the forms, which are half a megabyte, once and only where somebody asks. */
export function actionResources(): Promise<ActionResources> {
  loaded ??= read()
  return loaded
}

async function read(): Promise<ActionResources> {
  const { actionResources: text } = await import('../generated/iam-action-resources.ts')
  const lines = text.split('\n')
  return {
    resourcesOf: (action) => {
      const [service = '', name = ''] = action.toLowerCase().split(':')
      const line = lines.find((one) => one.startsWith(`${service}|`))
      const found = line === undefined ? undefined : formsIn(line, name)
      return found?.length ? [...found, ...moreOf(service)] : found
    },
  }
}

function formsIn(line: string, action: string): readonly string[] | undefined {
  const [, written = '', ...groups] = line.split('|')
  const group = groups.map((one) => one.split(' ')).find((one) => one.indexOf(action) > 0)
  if (!group) return undefined
  const [forms, places = ''] = [written.split(' '), group[0]]
  return places === '' ? [] : places.split(',').map((place) => `arn:*:${forms[Number(place)]}`)
}

// Which actions they are of is written nowhere: of all that are about anything.
function moreOf(service: string): readonly string[] {
  return Object.hasOwn(moreForms, service) ? (moreForms[service] ?? []).map((one) => `arn:*:${service}:${one}`) : []
}

/** True unless no ARN is both of a form and what is asked about. A star stays inside its part of an ARN; at the end it takes anything that the
 *  form's names can be. */
export function isOfForm(form: string, asked: string): boolean {
  const [own, other] = [partsOf(form), partsOf(asked)]
  if (plainNames.has(form) && signsIn(other[5]) > signsIn(own[5])) return false
  return own.every((part, at) => overlap(part, other[at] ?? ''))
}

/**
 * Forms that end in a name which never holds a slash or a colon. Sources: "General purpose bucket naming rules" and "Directory bucket naming
 * rules" of the Amazon S3 User Guide, "Naming rules" of the DynamoDB Developer Guide, CreateQueue of the SQS API Reference.
 */
const plainNames: ReadonlySet<string> = new Set([
  ...['arn:*:s3:::*', 'arn:*:s3express:*:*:bucket/*', 'arn:*:dynamodb:*:*:table/*', 'arn:*:sqs:*:*:*'],
])

/** How many slashes and colons there are for certain: a wildcard may be one, or none. */
function signsIn(resource = ''): number {
  return resource.replace(/[^/:]/g, '').length
}

/** The six parts of an ARN; the last one holds what colons are left. */
function partsOf(arn: string): readonly string[] {
  const parts = arn.split(':')
  return [...parts.slice(0, 5), parts.slice(5).join(':')]
}
