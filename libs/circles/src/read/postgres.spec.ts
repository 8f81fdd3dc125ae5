import { onPostgres } from '@app/read-store/testing';
import './circles.spec.js';

onPostgres();
