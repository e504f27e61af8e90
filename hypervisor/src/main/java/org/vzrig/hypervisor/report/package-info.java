/** Layouts as people and programs read them. */
package org.vzrig.hypervisor.report;
