/**
 * The control socket: JSON lines between {@code vzrig ctl} and a daemon. The protocol is described
 * in {@code appliance/CONTROL.md}.
 */
package org.vzrig.appliance.control;
