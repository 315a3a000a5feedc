import { jsonTrouble } from '../../manifest/json-trouble.ts'
import { error, Refusal } from '../../model/diagnostic.ts'
import { isObject, type Json, type JsonObject } from '../../model/json.ts'

/** The command that makes what is read here. */
const makes = 'terraform show -json > state.json'

/**
 * The document that `terraform show -json` prints of a state, from the text of a file. Throws a Refusal that says what the file is where it
 * is something else, and which command makes the right one. Source: Terraform, "JSON Output Format", State Representation.
 */
export function stateDocument(file: string, text: string): JsonObject {
  const value = parsed(file, text)
  const what = whatElse(value)
  if (what) throw other(file, what.found, what.hint)
  const document = value as JsonObject
  const version = document.format_version
  if (typeof version !== 'string')
    throw other(file, 'is not what terraform show -json prints: it has no format_version')
  if (!/^1\.\d+$/.test(version)) throw otherVersion(file, version)
  if (document.values === undefined)
    throw other(
      file,
      'is an empty state: Terraform manages nothing in it',
      `in the folder of your configuration, and in the right workspace (terraform workspace list), run: ${makes}`,
    )
  return document
}

function parsed(file: string, text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown
    throw notJson(file, text)
  }
}

function notJson(file: string, text: string): Refusal {
  const control = [...text.slice(0, 100_000)].findIndex((sign) => sign < ' ' && !'\t\n\r'.includes(sign))
  const trouble = jsonTrouble(text) ?? { offset: Math.max(0, control), expected: 'no control character' }
  const hint = text.trimStart().startsWith('{"@level"')
    ? `this is the log of terraform plan or apply -json; make the state's document with: ${makes}`
    : `make the file with: ${makes}   (without -json, Terraform prints text for people)`
  return new Refusal(
    error('terraform-json', `the file is not JSON: expected ${trouble.expected}`, {
      hint: text.trim() === '' ? `the file is empty; make it with: ${makes}` : hint,
      at: placeOf(file, text, trouble.offset),
    }),
  )
}

function placeOf(file: string, text: string, offset: number) {
  const before = text.slice(0, offset)
  const start = before.lastIndexOf('\n') + 1
  return { file, line: before.split('\n').length, column: offset - start + 1 }
}

/** What a JSON document is that is none of a state, as far as it tells. */
function whatElse(value: Json): { readonly found: string; readonly hint?: string } | undefined {
  if (!isObject(value)) return { found: 'is not what terraform show -json prints: expected an object' }
  if ('encrypted_data' in value) return { found: 'is an encrypted state file of OpenTofu', hint: tofu }
  if (typeof value.version === 'number' && ('resources' in value || 'lineage' in value || 'modules' in value))
    return { found: `is a raw state file (version ${value.version}), whose form Terraform keeps to itself` }
  if ('planned_values' in value || 'resource_changes' in value)
    return {
      found: 'is a plan, which says what Terraform would like to have and not only what it manages',
      hint: `name no plan file: ${makes}`,
    }
  if ('provider_schemas' in value) return { found: 'lists the schemas of providers' }
  if ('valid' in value && 'diagnostics' in value) return { found: 'is what terraform validate -json prints' }
  if ('terraform_version' in value && !('format_version' in value))
    return { found: 'is what terraform version -json prints' }
  return isOutputs(value) ? { found: 'is what terraform output -json prints' } : undefined
}

const tofu = 'make it with: tofu show -json > state.json'

function isOutputs(value: JsonObject): boolean {
  const rows = Object.values(value)
  return rows.length > 0 && rows.every((row) => isObject(row) && 'value' in row && 'sensitive' in row)
}

function other(file: string, found: string, hint = `in the folder of your configuration, run: ${makes}`): Refusal {
  return new Refusal(error('terraform-not-a-state', `${file} ${found}`, { hint, at: { file, line: 1, column: 1 } }))
}

function otherVersion(file: string, version: string): Refusal {
  const older = /^0\./.test(version)
  return other(
    file,
    `has format_version ${/^[\w.-]{1,20}$/.test(version) ? version : 'of another form'}; expected 1.x`,
    older
      ? `it comes from Terraform before 1.0; with a newer one, run: ${makes}`
      : 'it comes from a newer Terraform than this sso-reconcile knows; see whether there is a newer sso-reconcile',
  )
}
