import planSchema from '../../schema/plan.schema.json' with { type: 'json' }
import manifestSchema from '../../schema/sso.schema.json' with { type: 'json' }
import type { Runtime } from '../session/runtime.ts'

const schemas: { readonly [name: string]: object } = { manifest: manifestSchema, plan: planSchema }

/** Prints a JSON Schema, as editors and checks take it. */
export function schema(runtime: Runtime, name: string): number {
  runtime.out(`${JSON.stringify(schemas[name], null, 2)}\n`)
  return 0
}
