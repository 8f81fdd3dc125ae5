import { channels } from '@app/kernel';
import { registerEnumType } from '@nestjs/graphql';

/** How somebody's word came in, wherever a word is given. */
export const AnswerChannel = Object.fromEntries(channels.map((channel) => [channel, channel]));
registerEnumType(AnswerChannel, {
  name: 'AnswerChannel',
  description:
    'own: by themselves. voice, paper: entered by the acting facilitator or secretary, for somebody present.',
});
