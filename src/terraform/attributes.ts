import { expression } from './hcl.ts'
import type { Resource } from './resource.ts'
import type { Source } from './source.ts'

/** Attributes for access control. The import id is the ARN of the instance. Source: aws_ssoadmin_instance_access_control_attributes. */
export function attributeResources({ facts, desired, live }: Source): Resource[] {
  return [...desired['access-control-attributes'].keys()].flatMap((at) => {
    const spec = live['access-control-attributes'].get(at)?.spec
    if (spec === undefined || spec.status !== undefined) return []
    return {
      type: 'aws_ssoadmin_instance_access_control_attributes',
      ...{ name: 'this', id: facts.instance.arn },
      arguments: { instance_arn: expression('local.instance_arn') },
      blocks: Object.entries(spec.attributes).map(([key, source]) => ({
        type: 'attribute',
        arguments: { key },
        blocks: [{ type: 'value', arguments: { source: [source] } }],
      })),
    }
  })
}
