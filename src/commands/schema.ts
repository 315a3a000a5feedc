import { jsonText } from '../text/json.ts'
import { oneOf } from '../usage/argument.ts'
import { command } from '../usage/command.ts'

/** `schema`: a JSON Schema, as editors and checks take it. */
export const schema = command({
  name: 'schema',
  summary: 'print the JSON Schema of the manifest or of a plan',
  arguments: { name: oneOf('name', 'which schema', ['manifest', 'plan'], 'manifest') },
  options: {},
  async run(runtime, { name }) {
    const { default: schema } =
      name === 'plan'
        ? await import('../../schema/plan.schema.json', { with: { type: 'json' } })
        : await import('../../schema/sso.schema.json', { with: { type: 'json' } })
    runtime.out(`${jsonText(schema, 2)}\n`)
    return 0
  },
})
