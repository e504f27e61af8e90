package org.vzrig.boards;

/** Where the registers of a PIC32MZ EF stand: the table behind {@link SfrNames}. */
final class SfrTable {
  /** Takes a register. */
  @FunctionalInterface
  interface Sink {
    /**
     * Adds a register.
     *
     * @param address physical address
     * @param name the data sheet's name
     * @param aliases whether CLR, SET and INV stand behind it
     */
    void add(int address, String name, boolean aliases);
  }

  private static final String PORTS = "ABCDEFGHJK";

  private final Sink sink;

  private SfrTable(Sink sink) {
    this.sink = sink;
  }

  /** Hands every register to {@code sink}. */
  static void define(Sink sink) {
    SfrTable table = new SfrTable(sink);
    table.system();
    table.pps();
    table.interrupts();
    table.dma();
    table.serial();
    table.timers();
    table.ports();
    table.analog();
    table.buses();
    table.systemBus();
  }

  /** Registers from {@code base} on, 16 bytes apart, with aliases; "-" leaves a place out. */
  private void spaced(int base, String names) {
    run(base, 16, true, names);
  }

  /** Registers from {@code base} on, word after word, without aliases; "-" leaves one out. */
  private void packed(int base, String names) {
    run(base, 4, false, names);
  }

  /** Registers from {@code base} on, 16 bytes apart, without aliases; "-" leaves one out. */
  private void single(int base, String names) {
    run(base, 16, false, names);
  }

  private void run(int base, int step, boolean aliases, String names) {
    int address = base;
    for (String name : names.split(" ", -1)) {
      if (!name.equals("-")) {
        sink.add(address, name, aliases);
      }
      address += step;
    }
  }

  private void system() {
    single(0x1F80_0000, "CFGCON - DEVID SYSKEY");
    spaced(0x1F80_0040, "PMD1 PMD2 PMD3 PMD4 PMD5 PMD6 PMD7 - CFGEBIA CFGEBIC");
    single(0x1F80_00E0, "CFGPG");
    spaced(0x1F80_0600, "NVMCON");
    single(0x1F80_0610, "NVMKEY");
    spaced(0x1F80_0620, "NVMADDR NVMDATA0 NVMDATA1 NVMDATA2 NVMDATA3 NVMSRCADDR NVMPWP NVMBWP");
    spaced(0x1F80_06A0, "NVMCON2");
    spaced(0x1F80_0800, "WDTCON");
    spaced(0x1F80_0A00, "DMTCON DMTPRECLR DMTCLR DMTSTAT DMTCNT - DMTPSCNT DMTPSINTV");
    spaced(0x1F80_0C00, "RTCCON RTCALRM RTCTIME RTCDATE ALRMTIME ALRMDATE");
    spaced(0x1F80_0E00, "CVRCON");
    spaced(0x1F80_1200, "OSCCON OSCTUN SPLLCON");
    spaced(0x1F80_1240, "RCON RSWRST RNMICON PWRCON");
    for (int n = 1; n <= 4; n++) {
      spaced(0x1F80_1260 + 0x20 * n, "REFO%1$dCON REFO%1$dTRIM".formatted(n));
    }
    spaced(0x1F80_1300, "PB1DIV PB2DIV PB3DIV PB4DIV PB5DIV - PB7DIV PB8DIV");
    spaced(0x1F80_13C0, "SLEWCON CLKSTAT");
    spaced(0x1F8E_0000, "PRECON PRESTAT");
  }

  private void pps() {
    packed(
        0x1F80_1404, "INT1R INT2R INT3R INT4R - T2CKR T3CKR T4CKR T5CKR T6CKR T7CKR T8CKR T9CKR");
    packed(0x1F80_1438, "IC1R IC2R IC3R IC4R IC5R IC6R IC7R IC8R IC9R - OCFAR");
    for (int n = 1; n <= 6; n++) {
      packed(0x1F80_1460 + 8 * n, "U%1$dRXR U%1$dCTSR".formatted(n));
      packed(0x1F80_1490 + 12 * n, "SDI%1$dR SS%1$dR".formatted(n));
    }
    packed(0x1F80_14E0, "C1RXR C2RXR REFCLKI1R - REFCLKI3R REFCLKI4R");
    for (int port = 0; port < 7; port++) {
      for (int bit = 0; bit < 16; bit++) {
        packed(0x1F80_1500 + 0x40 * port + 4 * bit, "RP%c%dR".formatted(PORTS.charAt(port), bit));
      }
    }
  }

  private void interrupts() {
    spaced(0x1F81_0000, "INTCON PRISS INTSTAT IPTMR");
    for (int n = 0; n <= 6; n++) {
      spaced(0x1F81_0040 + 16 * n, "IFS" + n);
      spaced(0x1F81_00C0 + 16 * n, "IEC" + n);
    }
    for (int n = 0; n <= 53; n++) {
      spaced(0x1F81_0140 + 16 * n, "IPC" + n);
    }
    for (int irq = 0; irq < Irq.COUNT; irq++) {
      packed(0x1F81_0540 + 4 * irq, "OFF%03d".formatted(irq));
    }
  }

  private void dma() {
    spaced(0x1F81_1000, "DMACON DMASTAT DMAADDR DCRCCON DCRCDATA DCRCXOR");
    for (int n = 0; n < 8; n++) {
      String names = "DCHxCON DCHxECON DCHxINT DCHxSSA DCHxDSA DCHxSSIZ DCHxDSIZ DCHxSPTR DCHxDPTR";
      spaced(
          0x1F81_1060 + 0xC0 * n,
          (names + " DCHxCSIZ DCHxCPTR DCHxDAT").replace("x", Integer.toString(n)));
    }
  }

  private void serial() {
    for (int n = 1; n <= 6; n++) {
      String digit = Integer.toString(n);
      if (n <= 5) {
        spaced(
            0x1F82_0000 + 0x200 * (n - 1),
            "I2CxCON I2CxSTAT I2CxADD I2CxMSK I2CxBRG I2CxTRN I2CxRCV".replace("x", digit));
      }
      spaced(
          0x1F82_1000 + 0x200 * (n - 1),
          "SPIxCON SPIxSTAT SPIxBUF SPIxBRG SPIxCON2".replace("x", digit));
      spaced(
          0x1F82_2000 + 0x200 * (n - 1), "UxMODE UxSTA UxTXREG UxRXREG UxBRG".replace("x", digit));
    }
    spaced(0x1F82_E000, "PMCON PMMODE PMADDR PMDOUT PMDIN PMAEN PMSTAT PMWADDR PMRADDR PMRDIN");
  }

  private void timers() {
    for (int n = 1; n <= 9; n++) {
      String digit = Integer.toString(n);
      spaced(0x1F84_0000 + 0x200 * (n - 1), "TxCON TMRx PRx".replace("x", digit));
      spaced(0x1F84_2000 + 0x200 * (n - 1), "ICxCON ICxBUF".replace("x", digit));
      spaced(0x1F84_4000 + 0x200 * (n - 1), "OCxCON OCxR OCxRS".replace("x", digit));
    }
  }

  private void ports() {
    for (int port = 0; port < PORTS.length(); port++) {
      String names =
          "ANSELx TRISx PORTx LATx ODCx CNPUx CNPDx CNCONx CNENx CNSTATx CNNEx CNFx SRCON0x"
              + " SRCON1x";
      spaced(
          0x1F86_0000 + 0x100 * port, names.replace("x", Character.toString(PORTS.charAt(port))));
    }
  }

  private void analog() {
    packed(0x1F84_B000, "ADCCON1 ADCCON2 ADCCON3 ADCTRGMODE ADCIMCON1 ADCIMCON2 ADCIMCON3");
    packed(0x1F84_B020, "ADCGIRQEN1 ADCGIRQEN2 ADCCSS1 ADCCSS2 ADCDSTAT1 ADCDSTAT2");
    for (int n = 1; n <= 6; n++) {
      packed(0x1F84_B030 + 8 * n, "ADCCMPEN%1$d ADCCMP%1$d".formatted(n));
      packed(0x1F84_B064 + 4 * n, "ADCFLTR" + n);
      packed(0x1F84_B09C + 4 * n, "ADCCMPCON" + n);
    }
    packed(0x1F84_B080, "ADCTRG1 ADCTRG2 ADCTRG3");
    packed(0x1F84_B0B8, "ADCFSTAT ADCFIFO ADCBASE - - - ADCTRGSNS");
    packed(0x1F84_B0D4, "ADC0TIME ADC1TIME ADC2TIME ADC3TIME ADC4TIME");
    packed(0x1F84_B0F0, "ADCEIEN1 ADCEIEN2 ADCEISTAT1 ADCEISTAT2 ADCANCON");
    packed(0x1F84_B180, "ADC0CFG ADC1CFG ADC2CFG ADC3CFG ADC4CFG - - ADC7CFG");
    packed(0x1F84_B1C0, "ADCSYSCFG0 ADCSYSCFG1");
    for (int n = 0; n <= 44; n++) {
      packed(0x1F84_B200 + 4 * n, "ADCDATA" + n);
    }
    spaced(0x1F84_C000, "CM1CON CM2CON");
    spaced(0x1F84_C060, "CMSTAT");
  }

  private void buses() {
    packed(0x1F8E_1014, "EBICS0 EBICS1 EBICS2 EBICS3");
    packed(0x1F8E_1054, "EBIMSK0 EBIMSK1 EBIMSK2 EBIMSK3");
    packed(0x1F8E_1094, "EBISMT0 EBISMT1 EBISMT2 EBIFTRPD EBISMCON");
    packed(0x1F8E_2000, "SQI1XCON1 SQI1XCON2 SQI1CFG SQI1CON SQI1CLKCON SQI1CMDTHR SQI1INTTHR");
    packed(
        0x1F8E_201C, "SQI1INTEN SQI1INTSTAT SQI1TXDATA SQI1RXDATA SQI1STAT1 SQI1STAT2 SQI1BDCON");
    packed(0x1F8E_2038, "SQI1BDCURADD - SQI1BDBASEADD SQI1BDSTAT SQI1BDPOLLCON SQI1BDTXDSTAT");
    packed(0x1F8E_2050, "SQI1BDRXDSTAT SQI1THR SQI1INTSIGEN SQI1TAPCON SQI1MEMSTAT");
    packed(0x1F8E_2064, "SQI1XCON3 SQI1XCON4");
    usb();
    packed(0x1F8E_5000, "CEVER CECON CEBDADDR CEBDPADDR CESTAT CEINTSRC CEINTEN CEPOLLCON");
    packed(0x1F8E_5020, "CEHDLEN CETRLLEN");
    packed(0x1F8E_6000, "RNGVER RNGCON RNGPOLY1 RNGPOLY2 RNGNUMGEN1 RNGNUMGEN2 RNGSEED1 RNGSEED2");
    packed(0x1F8E_6020, "RNGCNT");
    can(1);
    can(2);
    ethernet();
  }

  private void usb() {
    packed(0x1F88_4000, "USBCRCON");
    packed(0x1F8E_3000, "USBCSR0 USBCSR1 USBCSR2 USBCSR3");
    packed(0x1F8E_3010, "USBIE0CSR0 USBIE0CSR1 USBIE0CSR2 USBIE0CSR3");
    for (int n = 0; n <= 7; n++) {
      packed(0x1F8E_3020 + 4 * n, "USBFIFO" + n);
      packed(0x1F8E_3080 + 8 * n, "USBE%1$dTXA USBE%1$dRXA".formatted(n));
      packed(
          0x1F8E_3100 + 0x10 * n,
          "USBE%1$dCSR0 USBE%1$dCSR1 USBE%1$dCSR2 USBE%1$dCSR3".formatted(n));
    }
    packed(0x1F8E_3060, "USBOTG USBFIFOA - USBHWVER - - USBINFO USBEOFRST");
    packed(0x1F8E_3200, "USBDMAINT");
    for (int n = 1; n <= 8; n++) {
      packed(0x1F8E_31F4 + 0x10 * n, "USBDMA%1$dC USBDMA%1$dA USBDMA%1$dN".formatted(n));
    }
    for (int n = 1; n <= 7; n++) {
      packed(0x1F8E_3300 + 4 * n, "USBE%dRPC".formatted(n));
    }
    packed(0x1F8E_3340, "USBDPBFD USBTMCON1 USBTMCON2");
    packed(0x1F8E_3360, "USBLPMR1 USBLPMR2");
  }

  private void can(int n) {
    int base = 0x1F88_0000 + 0x1000 * (n - 1);
    String c = "C" + n;
    spaced(
        base,
        "CxCON CxCFG CxINT CxVEC CxTREC CxFSTAT CxRXOVF CxTMR".replace("x", Integer.toString(n)));
    for (int i = 0; i < 4; i++) {
      spaced(base + 0x80 + 0x10 * i, c + "RXM" + i);
    }
    for (int i = 0; i < 8; i++) {
      spaced(base + 0xC0 + 0x10 * i, c + "FLTCON" + i);
    }
    spaced(base + 0x340, c + "FIFOBA");
    for (int i = 0; i < 32; i++) {
      spaced(base + 0x140 + 0x10 * i, c + "RXF" + i);
      spaced(
          base + 0x350 + 0x40 * i,
          "%1$sFIFOCON%2$d %1$sFIFOINT%2$d %1$sFIFOUA%2$d %1$sFIFOCI%2$d".formatted(c, i));
    }
  }

  private void ethernet() {
    spaced(
        0x1F88_2000,
        "ETHCON1 ETHCON2 ETHTXST ETHRXST ETHHT0 ETHHT1 ETHPMM0 ETHPMM1 ETHPMCS ETHPMO");
    spaced(0x1F88_20A0, "ETHRXFC ETHRXWM ETHIEN ETHIRQ ETHSTAT");
    spaced(0x1F88_2100, "ETHRXOVFLOW ETHFRMTXOK ETHSCOLFRM ETHMCOLFRM ETHFRMRXOK ETHFCSERR");
    spaced(0x1F88_2160, "ETHALGNERR");
    spaced(
        0x1F88_2200,
        "EMAC1CFG1 EMAC1CFG2 EMAC1IPGT EMAC1IPGR EMAC1CLRT EMAC1MAXF EMAC1SUPP EMAC1TEST");
    spaced(0x1F88_2280, "EMAC1MCFG EMAC1MCMD EMAC1MADR EMAC1MWTD EMAC1MRDD EMAC1MIND");
    spaced(0x1F88_2300, "EMAC1SA0 EMAC1SA1 EMAC1SA2");
  }

  private void systemBus() {
    packed(0x1F8F_0510, "SBFLAG");
    for (int target = 0; target <= 13; target++) {
      int base = 0x1F8F_8000 + 0x400 * target;
      String prefix = "SBT" + target;
      packed(base + 0x20, (prefix + "ELOG1 " + prefix + "ELOG2 " + prefix + "ECON"));
      packed(base + 0x30, prefix + "ECLRS");
      packed(base + 0x38, prefix + "ECLRM");
      for (int region = 0; region <= 8; region++) {
        packed(base + 0x40 + 0x20 * region, prefix + "REG" + region);
        packed(base + 0x50 + 0x20 * region, prefix + "RD" + region);
        packed(base + 0x58 + 0x20 * region, prefix + "WR" + region);
      }
    }
  }
}
