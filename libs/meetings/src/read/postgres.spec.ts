import { onPostgres } from '@app/read-store/testing';
import './meetings.spec.js';

onPostgres();
