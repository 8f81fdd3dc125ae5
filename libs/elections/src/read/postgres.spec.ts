import { onPostgres } from '@app/read-store/testing';
import './elections.spec.js';

onPostgres();
