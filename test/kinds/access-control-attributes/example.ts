import type { Example } from '../contract/example.ts'

const division = `\${path:enterprise.division}`

/** Sessions carry a cost center, then another one and a team, then nothing. */
export const example: Example = {
  address: 'access-control-attributes/instance',
  without: 'users: {}\n',
  with: `access_control_attributes: { CostCenter: "\${path:enterprise.costCenter}" }\n`,
  changed: `access_control_attributes:
  CostCenter: ${division}
  Team: \${path:userName}
`,
  paths: ['attributes.CostCenter', 'attributes.Team'],
  shows: [
    '      CostCenter ',
    `\${path:enterprise.costCenter} -> ${division}`,
    'new sessions carry CostCenter, Team as session tags',
  ],
  gone: 'access_control_attributes: {}\n',
  adopted: `CostCenter: ${division}`,
}
