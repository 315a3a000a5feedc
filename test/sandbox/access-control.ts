import {
  CreateInstanceAccessControlAttributeConfigurationCommand,
  DeleteInstanceAccessControlAttributeConfigurationCommand,
  DescribeInstanceAccessControlAttributeConfigurationCommand,
  UpdateInstanceAccessControlAttributeConfigurationCommand,
} from '@aws-sdk/client-sso-admin'
import type { World } from './world.ts'

/** The source that is an attribute of the user. */
export const from = (attribute: string) => `\${path:${attribute}}`

export const costCenter = from('enterprise.costCenter')
export const department = from('enterprise.department')
export const email = from('emails[primary eq true].value')
export const country = from('addresses[type eq "work"].country')

type Attributes = Readonly<Record<string, string>>

/** The configuration as it goes over the wire. */
export const configuration = (attributes: Attributes) => ({
  AccessControlAttributes: Object.entries(attributes).map(([Key, source]) => ({ Key, Value: { Source: [source] } })),
})

/** The four operations by short names, called by the management account unless another client is given. */
export function control({ aws, InstanceArn }: Pick<World, 'aws' | 'InstanceArn'>, by = aws) {
  const whole = (attributes: Attributes) => ({
    InstanceArn,
    InstanceAccessControlAttributeConfiguration: configuration(attributes),
  })
  return {
    create: (attributes: Attributes) =>
      by.admin.send(new CreateInstanceAccessControlAttributeConfigurationCommand(whole(attributes))),
    update: (attributes: Attributes) =>
      by.admin.send(new UpdateInstanceAccessControlAttributeConfigurationCommand(whole(attributes))),
    remove: () => by.admin.send(new DeleteInstanceAccessControlAttributeConfigurationCommand({ InstanceArn })),
    look: async () => {
      const command = new DescribeInstanceAccessControlAttributeConfigurationCommand({ InstanceArn })
      const { $metadata: _, ...answer } = await by.admin.send(command)
      return answer
    },
  }
}
