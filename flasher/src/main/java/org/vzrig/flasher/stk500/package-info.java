/** The STK500v2 protocol of the chipKIT boot loaders. */
package org.vzrig.flasher.stk500;
