import { error, Refusal } from '../../model/diagnostic.ts'
import { isObject, type Json, type JsonObject } from '../../model/json.ts'

/** A resource instance of a state that Terraform manages. */
export interface StateResource {
  /** The file it was read from. */
  readonly file: string
  /** As `terraform state rm` takes it: `module.sets["Admin"].aws_ssoadmin_permission_set.this`. */
  readonly address: string
  readonly type: string
  readonly values: JsonObject
  /** Of its values, those that hold something which is not to be shown. */
  readonly sensitive: ReadonlySet<string>
  /** Terraform would replace it. */
  readonly tainted: boolean
  /** An object that was replaced and is still to be destroyed. */
  readonly deposed: boolean
}

/** What Terraform manages, and by which program. */
export interface StateContent {
  readonly resources: readonly StateResource[]
  readonly program: 'terraform' | 'tofu'
}

/** Every managed resource of a state's document, those of nested modules too. Throws a Refusal for a document that is not of its form. Pure. */
export function contentOf(file: string, { values }: JsonObject): StateContent {
  const rows = rowsOf(file, values ?? null)
  const managed = rows.filter(({ value }) => value.mode === 'managed')
  return {
    resources: managed.map(({ value, path }) => resourceOf(file, value, path)),
    program: rows.some(({ value }) => String(value.provider_name).startsWith('registry.opentofu.org/'))
      ? 'tofu'
      : 'terraform',
  }
}

interface Row {
  readonly value: JsonObject
  readonly path: string
}

/** Modules are nested as deeply as somebody likes, so no call waits for another. */
function rowsOf(file: string, values: Json): readonly Row[] {
  const root = isObject(values) ? (values.root_module ?? {}) : values
  const open: { readonly value: Json; readonly path: string }[] = [{ value: root, path: 'values.root_module' }]
  const rows: Row[] = []
  for (let module = open.pop(); module; module = open.pop()) {
    const { value, path } = module
    if (!isObject(value)) throw odd(file, path, 'expected an object')
    for (const [index, row] of listAt(file, value, path, 'resources').entries()) {
      const at = `${path}.resources[${index}]`
      if (!isObject(row)) throw odd(file, at, 'expected an object')
      rows.push({ value: row, path: at })
    }
    const children = listAt(file, value, path, 'child_modules')
    for (const [index, child] of children.entries())
      open.push({ value: child, path: `${path}.child_modules[${index}]` })
  }
  return rows
}

function listAt(file: string, module: JsonObject, path: string, key: string): readonly Json[] {
  const list = module[key] ?? []
  if (!Array.isArray(list)) throw odd(file, `${path}.${key}`, 'expected a list')
  return list as readonly Json[]
}

const key = '\\[(?:\\d+|"(?:[^"\\\\]|\\\\.)*")\\]'
const ADDRESS = new RegExp(
  `^(?:module\\.[\\p{L}_][\\p{L}\\p{N}_-]*(?:${key})?\\.)*\\w+\\.[\\p{L}_][\\p{L}\\p{N}_-]*(?:${key})?$`,
  'u',
)

function resourceOf(file: string, row: JsonObject, path: string): StateResource {
  const { address, type, values = {}, sensitive_values: sensitive } = row
  if (typeof address !== 'string' || !ADDRESS.test(address))
    throw odd(file, `${path}.address`, 'expected the address of a resource')
  if (typeof type !== 'string') throw odd(file, `${path}.type`, 'expected the type of a resource')
  return {
    file,
    address,
    type,
    values: isObject(values) ? values : {},
    sensitive: new Set(isObject(sensitive) ? Object.keys(sensitive).filter((one) => hides(sensitive[one])) : []),
    tainted: row.tainted === true,
    deposed: row.deposed_key !== undefined,
  }
}

function hides(value: Json | undefined): boolean {
  const open: (Json | undefined)[] = [value]
  for (let one = open.pop(); open.length > 0 || one !== undefined; one = open.pop()) {
    if (one === true) return true
    if (typeof one === 'object' && one !== null) for (const inner of Object.values(one)) open.push(inner)
  }
  return false
}

function odd(file: string, path: string, expected: string): Refusal {
  return new Refusal(
    error('terraform-state-form', `${file} is not of the form that terraform show -json prints: ${path}: ${expected}`, {
      hint: 'make the file anew with: terraform show -json > state.json',
    }),
  )
}
