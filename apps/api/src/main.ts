import { newId } from '@app/kernel';
console.log(newId());
